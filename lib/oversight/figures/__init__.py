"""What was reached and what not, for an area and a day or a span of days. It reads, and writes nothing."""
