"""Why a Word file is not taken."""


class Refused(Exception):
    """A file that is not taken: `code` says why, `params` what and where; words are made above.

    Codes: empty, too_large, not_a_zip, not_a_docx, old_doc, encrypted, too_many_parts,
    too_big_inside, zip_bomb, bad_name, damaged, doctype, encoding, macros, external_target,
    external_field, bad_xml, too_deep, tracked_changes, alt_chunk, sub_document.
    """

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params
