//! Nothing: the benches stand in `benches/`.
