"""What every app stands on: the clock, working time, money, text, files, paper, the look of pages.

Words: moment (aware, UTC), working time, file. Tables: only File.
Neighbours: nobody below; everyone above.
"""
