"""What is a heading: line rules, numbered ones, series, bold leads, and those without a number."""
