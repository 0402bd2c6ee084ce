"""Arithmetic and spelling of dates, periods, names and numbers: standard library only, no sentences for the screen."""
