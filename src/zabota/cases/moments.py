"""The moments of truth known from the start: (slug, Russian, English, weight)."""

CONTRACT_AGREED = "contract_agreed"
CONTRACT_STAGE = "contract_stage"
CONTRACT_ANSWER = "contract_answer"
CONTRACT_SOONER = "contract_sooner"
CONTRACT_CLIENT = "contract_client"
CONTRACT_AGAIN = "contract_again"
CONTRACT_SIGNATURE = "contract_signature"
CONTRACT_ORIGINAL = "contract_original"
CONTRACT_DUTY = "contract_duty"
TICKET_REPLY = "ticket_reply"
TICKET_SOLUTION = "ticket_solution"
TICKET_NEWS = "ticket_news"
TICKET_ALARM = "ticket_alarm"
BEYOND_ANSWER = "beyond_answer"
EXPLANATION = "explanation"
REFERRAL_CONTACT = "referral_contact"
REFERRAL_DECISION = "referral_decision"
REFERRAL_THANKS = "referral_thanks"
MENTION_THANKS = "mention_thanks"
ORDER_SHIPMENT = "order_shipment"
ORDER_INSTALLATION = "order_installation"
ORDER_WARRANTY = "order_warranty"
ORDER_TRAINING = "order_training"
ORDER_PARTS = "order_parts"
ORDER_OTHER = "order_other"
DELAY_CHOICE = "delay_choice"
DELAY_DONE = "delay_done"
HOLD_KEPT = "hold_kept"
HOLD_RESCUE = "hold_rescue"
ACT_MADE = "act_made"

KNOWN = (
    (CONTRACT_AGREED, "Согласование договора целиком", "Approval of the whole contract", 1),
    (CONTRACT_STAGE, "Этап согласования договора", "Contract approval stage", 2),
    (CONTRACT_ANSWER, "Ответ на правку клиента", "Answer to the client's change", 3),
    (CONTRACT_SOONER, "Ответ на «Нужно раньше»", "Answer to “I need it sooner”", 4),
    (CONTRACT_CLIENT, "Ответ клиента", "The client's answer", 1),
    (CONTRACT_AGAIN, "Повторный возврат", "A second return", 1),
    (CONTRACT_SIGNATURE, "Подпись договора", "Signing of a contract", 3),
    (CONTRACT_ORIGINAL, "Подписанный оригинал", "The signed original", 2),
    (CONTRACT_DUTY, "Обязательство по договору", "Obligation under a contract", 1),
    (TICKET_REPLY, "Первый ответ на обращение", "First reply to a request", 4),
    (TICKET_SOLUTION, "Решение по обращению", "Solution of a request", 3),
    (TICKET_NEWS, "Весть о ходе обращения", "News of how a request goes", 3),
    (TICKET_ALARM, "Обострение в обращении", "Escalation in a request", 5),
    (BEYOND_ANSWER, "Ответ на просьбу выйти за правила", "Answer to going beyond a rule", 4),
    (MENTION_THANKS, "Благодарность за упоминание", "Thanks for a mention", 3),
    (EXPLANATION, "Объяснение нарушенного обещания", "Explanation of a broken promise", 4),
    (ORDER_SHIPMENT, "Отгрузка заказа", "Shipment of an order", 3),
    (ORDER_INSTALLATION, "Монтаж", "Installation", 3),
    (ORDER_WARRANTY, "Гарантия", "Warranty", 1),
    (ORDER_TRAINING, "Обучение", "Training", 2),
    (ORDER_PARTS, "Запасные части", "Spare parts", 3),
    (ORDER_OTHER, "Обещанное после продажи", "What was promised after the sale", 2),
    (DELAY_CHOICE, "Выбор клиента при задержке", "The client’s choice when something is late", 1),
    (DELAY_DONE, "Выбранное при задержке", "What was chosen when something was late", 4),
    (HOLD_KEPT, "Товар в резерве", "Goods kept for a client", 3),
    (HOLD_RESCUE, "Резерв истекает раньше времени", "A hold that lapses too early", 4),
    (ACT_MADE, "Акт сверки", "Act of reconciliation", 2),
    (REFERRAL_CONTACT, "Связаться с тем, кого рекомендовали", "Contact with who was sent to us", 4),
    (REFERRAL_DECISION, "Решение о благодарности", "Decision about thanks", 2),
    (REFERRAL_THANKS, "Благодарность за рекомендацию", "Thanks for a recommendation", 3),
)


def what_was_promised(moment: str, ru: str, en: str) -> dict[str, str]:
    """A promise as it is called in a sentence: of a stage, whose words are its title, that it is
    one.
    """
    if moment == CONTRACT_STAGE:
        return {"ru": f"этап «{ru}»", "en": f"stage “{en}”"}
    return {"ru": ru, "en": en}
