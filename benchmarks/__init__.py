"""Measurements as ratios of two sides run side by side; `make bench` prints them and appends them to results.jsonl."""
