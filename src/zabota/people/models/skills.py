"""What employees know how to do, and who of them is at the desk now."""

from django.db import models

from zabota.people.models.accounts import Employee


class Skill(models.Model):
    """Something one can or cannot do, by the firm's own name; a language is one of them."""

    name_ru = models.CharField(max_length=120, unique=True)
    name_en = models.CharField(max_length=120, blank=True)
    # The language it is, where it is one: clients who read it go to whoever has it.
    language = models.CharField(max_length=2, blank=True, choices=[("ru", "ru"), ("en", "en")])
    people = models.ManyToManyField(Employee, related_name="skills")
    closed_at = models.DateTimeField(null=True)

    def name(self, language: str) -> str:
        """As the reader's language has it; Russian where there is no other."""
        return (self.name_en if language == "en" else "") or self.name_ru


class Presence(models.Model):
    """When this colleague was last seen at the desk. Not journaled."""

    employee = models.OneToOneField(
        Employee, primary_key=True, on_delete=models.PROTECT, related_name="presence"
    )
    at = models.DateTimeField()
