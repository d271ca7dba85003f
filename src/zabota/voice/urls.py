"""Addresses of voice: the desk, the room, and what anybody may open."""

from django.urls import URLPattern, path

from zabota.voice import hook
from zabota.voice.desk import authors, enter, figures, mentions, sources, tables, verbs

ONE = "mentions/<id:pk>/"
desk_urls: list[URLPattern] = [
    path("mentions/", mentions.mention_list, name="desk-mentions"),
    path("mentions/new/", enter.mention_new, name="mention-new"),
    path("mentions/heard/", enter.mention_heard, name="mention-heard"),
    path("mentions/figures/", figures.mention_figures, name="mention-figures"),
    path("mentions/tables/<id:pk>/", tables.table_columns, name="mention-table"),
    path("mentions/sources/<id:pk>/table/", tables.table_bring, name="mention-table-new"),
    path("firm/mentions/", sources.source_list, name="mention-sources"),
    path("firm/mentions/new/<slug:kind>/", sources.source_new, name="mention-source-new"),
    path("firm/mentions/words/new/", sources.ready_edit, name="ready-thanks-new"),
    path("firm/mentions/words/<id:pk>/", sources.ready_edit, name="ready-thanks"),
    path("firm/mentions/words/<id:pk>/close/", sources.ready_close, name="ready-thanks-close"),
    path("firm/mentions/<id:pk>/", sources.source_page, name="mention-source"),
    *(
        path(
            f"firm/mentions/<id:pk>/{verb}/",
            sources.source_do,
            {"verb": verb},
            name="mention-source-do",
        )
        for verb in ("close", "renew")
    ),
    path(ONE, mentions.mention_page, name="desk-mention"),
    path(f"{ONE}correct/", enter.mention_correct, name="mention-correct"),
    path(f"{ONE}thank/", verbs.mention_thank, name="mention-thank"),
    path(f"{ONE}reward/", verbs.mention_reward, name="mention-reward"),
    path(f"{ONE}aside/", verbs.mention_aside, name="mention-aside"),
    path(f"{ONE}bring-back/", verbs.mention_bring_back, name="mention-bring-back"),
    path(f"{ONE}trouble/", verbs.mention_trouble, name="mention-trouble"),
    path(f"{ONE}join/", verbs.mention_join, name="mention-join"),
    path(f"{ONE}part/", verbs.mention_part, name="mention-part"),
    path(f"{ONE}apart/", verbs.mention_apart, name="mention-apart"),
    path(f"{ONE}author/", authors.author_search, name="mention-author"),
    path(f"{ONE}author/confirm/", authors.author_confirm, name="author-confirm"),
    path(f"{ONE}author/deny/", authors.author_deny, name="author-deny"),
    path(f"{ONE}author/take-back/", authors.author_take_back, name="author-take-back"),
]
room_urls: list[URLPattern] = []
public_urls: list[URLPattern] = [
    path("mentions/<str:key>/", hook.mention_notice, name="mention-notice"),
]
api_urls: list[URLPattern] = []
