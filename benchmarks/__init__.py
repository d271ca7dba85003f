"""What is measured, against what: `./zabota bench` (docs/benchmarks.md says how to read it)."""
