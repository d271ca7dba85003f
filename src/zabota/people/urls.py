"""Addresses of our people and the firm."""

from django.urls import path

from zabota.people.desk import away, employees, firm, lists, powers, profile, programs, skills

desk_urls = [
    path("people/", lists.employee_list, name="employee-list"),
    path("people/hire/", employees.employee_hire, name="employee-hire"),
    path("people/<id:pk>/", employees.employee, name="employee"),
    path("people/<id:pk>/edit/", employees.employee_edit, name="employee-edit"),
    path("people/<id:pk>/photo/", employees.employee_photo, name="employee-photo"),
    path("people/<id:pk>/no-photo/", employees.employee_no_photo, name="employee-no-photo"),
    path("people/<id:pk>/absence/", away.employee_absence, name="employee-absence"),
    path("people/<id:pk>/substitute/", away.employee_substitute, name="employee-substitute"),
    path("people/<id:pk>/power/", powers.power_grant, name="power-grant"),
    path("people/absences/<id:pk>/cancel/", away.absence_cancel, name="absence-cancel"),
    path(
        "people/substitutions/<id:pk>/cancel/",
        away.substitution_cancel,
        name="substitution-cancel",
    ),
    path("people/powers/<id:pk>/drill/", powers.power_drill, name="power-drill"),
    path("people/powers/<id:pk>/revoke/", powers.power_revoke, name="power-revoke"),
    path("teams/", lists.team_list, name="team-list"),
    path("teams/<id:pk>/", lists.team_rename, name="team-rename"),
    path("teams/<id:pk>/close/", lists.team_close, name="team-close"),
    path("people/<id:pk>/skills/", skills.employee_skills, name="employee-skills"),
    path("skills/", skills.skill_list, name="skill-list"),
    path("skills/<id:pk>/", skills.skill_edit, name="skill-edit"),
    path("skills/<id:pk>/close/", skills.skill_close, name="skill-close"),
    path("places/", skills.place_list, name="place-list"),
    path("places/<id:pk>/", skills.place_edit, name="place-edit"),
    path("places/<id:pk>/close/", skills.place_close, name="place-close"),
    path("firm/", firm.firm, name="firm"),
    path("firm/details/", firm.firm_details, name="firm-details"),
    path("firm/week/", firm.firm_week, name="firm-week"),
    path("firm/days/", firm.firm_days, name="firm-days"),
    path("firm/days/<str:day>/clear/", firm.firm_day_clear, name="firm-day-clear"),
    path("firm/keys/", programs.firm_keys, name="firm-keys"),
    path("firm/keys/<id:pk>/close/", programs.key_close, name="key-close"),
    path("profile/", profile.profile, name="profile"),
    path("profile/quiet/", profile.profile_quiet, name="profile-quiet"),
    path("profile/password/", profile.profile_password, name="profile-password"),
]
root_urls = [path("faces/<str:digest>/", profile.face, name="face")]
