//! The compiler's one API: sessions, pipeline, diagnostics
