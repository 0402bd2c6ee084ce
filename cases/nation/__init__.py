"""A synthetic nation to measure with: invented people and ten years of work, stored in bulk on PostgreSQL."""
