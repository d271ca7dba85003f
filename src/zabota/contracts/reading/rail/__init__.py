"""«Ход согласования»: who has it, since when, how long of how long, until when."""
