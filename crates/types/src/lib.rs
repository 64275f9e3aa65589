//! Go's type rules
