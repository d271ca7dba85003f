"""What pages show of a contract: the rail, the sheet, the passport; read for one viewer, never
written.
"""
