"""What is wrong with a field or its value."""


class FieldProblem(ValueError):
    """A value or a declaration that is not taken: `code` says why; words are made above.

    Codes of declarations: field_syntax, field_type, field_choices, field_party. Codes of values:
    required, too_long, braces, not_a_person, not_a_choice, not_an_email, not_a_phone, digits,
    length, checksum, bik_mismatch, not_a_date, year_out_of_range, not_a_number, ambiguous_number,
    not_whole, negative, too_precise, too_big, out_of_range, other_currency.
    """

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params
