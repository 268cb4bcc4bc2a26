"""Which mentions are one entity, and which texts are copies: decisions with rule and score."""
