//! SSA intermediate representation with a text form and a verifier
