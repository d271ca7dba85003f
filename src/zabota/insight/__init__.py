"""Boards: how promises were kept, how fast, at what cost, what came of it. Reads, and writes
nothing.

Words: отчёты (reports), срез (a cut: by what figures are told apart), обещание, исход, очередь.
Neighbours: reads every domain below; only home is above. What is behind a figure is a list.
"""
