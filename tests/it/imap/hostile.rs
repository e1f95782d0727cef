//! Servers that do what no real one should.
