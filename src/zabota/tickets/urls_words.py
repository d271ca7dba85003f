"""Addresses of ready words: scripts, ready answers, articles; of giving a request to a team."""

from django.urls import URLPattern, path

from zabota.tickets.pages import articles, macros, scripts

desk_urls: list[URLPattern] = [
    path("tickets/<id:pk>/script/<id:script_pk>/", scripts.ticket_step, name="desk-ticket-step"),
    path(
        "tickets/<id:pk>/script/<id:script_pk>/undo/",
        scripts.ticket_step_undo,
        name="desk-ticket-step-undo",
    ),
    path("tickets/<id:pk>/give/", macros.ticket_give, name="desk-ticket-give"),
    path("answers/", articles.article_list, name="articles"),
    path("answers/new/", articles.article_edit, name="article-new"),
    path("answers/<id:pk>/", articles.article_page, name="article"),
    path("answers/<id:pk>/edit/", articles.article_edit, name="article-edit"),
    *(
        path(f"answers/<id:pk>/{verb}/", articles.article_do, {"verb": verb}, name="article-do")
        for verb in articles.VERBS
    ),
    path("macros/", macros.macro_list, name="macros"),
    path("macros/new/", macros.macro_edit, name="macro-new"),
    path("macros/<id:pk>/", macros.macro_edit, name="macro"),
    path("macros/<id:pk>/close/", macros.macro_close, name="macro-close"),
    path("firm/scripts/", scripts.firm_scripts, name="firm-scripts"),
    path("firm/scripts/new/", scripts.script_edit, name="script-new"),
    path("firm/scripts/<id:pk>/", scripts.script_edit, name="script"),
    path("firm/scripts/<id:pk>/train/", scripts.script_train, name="script-train"),
    *(
        path(f"firm/scripts/<id:pk>/{verb}/", scripts.script_do, {"verb": verb}, name="script-do")
        for verb in scripts.VERBS
    ),
]
room_urls: list[URLPattern] = [
    path("answers/", articles.room_articles, name="room-articles"),
    path("answers/<id:pk>/", articles.room_article, name="room-article"),
    path("answers/<id:pk>/helped/", articles.room_article_helped, name="room-article-helped"),
    path("tickets/new/answers/", articles.ticket_answers, name="room-ticket-answers"),
]
