"""The phrases a firm begins with; it changes them as it likes."""

from typing import Final

# By meaning: Russian and English together, a client writes in either.
WORDS: Final = {
    "leave": (
        "уйти к другому поставщику, уйдём к конкуренту, перейти к конкуренту, сменить поставщика,"
        " сменить подрядчика, расторгнуть договор, расторгать договор, расторжение договора,"
        " разорвать договор,"
        " уходим к другому поставщику, переходим к конкуренту, меняем поставщика,"
        " отказаться от услуг, отказываемся от услуг, прекратить сотрудничество,"
        " прекращаем сотрудничество, больше не работать с вами,"
        " искать другого поставщика, вернуть деньги,\n"
        "cancel the contract, terminate the contract, terminate the agreement, another supplier,"
        " switch supplier, take our business elsewhere, stop working with you, money back,"
        " leave for a competitor"
    ),
    "court": (
        "суд, судиться, иск, исковой, претензия, досудебный, прокуратура, полиция, роспотребнадзор,"
        " антимонопольная служба, трудовая инспекция, адвокат, наш юрист, юридический отдел,\n"
        "court, lawsuit, going to sue, will sue, sue your, suing, lawyer, attorney,"
        " legal action, legal department, police,"
        " prosecutor, litigation, ombudsman"
    ),
    "press": (
        "журналист, пресса, газета, телевидение, телеканал, СМИ, соцсеть, социальная сеть,"
        " плохой отзыв, негативный отзыв, написать отзыв, оставить отзыв, предать огласке, огласка,"
        " блогер,\n"
        "journalist, newspaper, the press, television, go public, social media, bad review,"
        " negative review, blogger"
    ),
    "danger": (
        "травма, пострадавший, пострадал, ударило током, удар током, пожар, загореться, возгорание,"
        " задымление, угроза жизни, несчастный случай, скорая помощь,\n"
        "injury, injured, electric shock, caught fire, fire broke out, danger to life,"
        " accident, ambulance"
    ),
    "best": "",
}
