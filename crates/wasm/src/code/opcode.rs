//! Opcode bytes of the instructions without immediates, and of memory accesses.
//!
//! Source: WebAssembly core specification, *Binary Format, Instructions*. They are plain bytes because the code
//! generator computes with them: a comparison and its inverse, or the same operation for another type.

macro_rules! opcodes {
    ($($first:literal: $($name:ident)*;)*) => {
        opcodes!(@all $($first $($name)*;)*);
    };
    (@all $($first:literal $($name:ident)*;)*) => {
        $(opcodes!(@run $first, $($name)*);)*
    };
    (@run $at:expr, $name:ident $($rest:ident)*) => {
        #[allow(dead_code, reason = "some are only reached by arithmetic on opcodes")]
        #[doc = concat!("`", stringify!($name), "`")]
        pub const $name: u8 = $at;
        opcodes!(@run $at + 1, $($rest)*);
    };
    (@run $at:expr,) => {};
}

opcodes! {
    0x28: I32_LOAD I64_LOAD F32_LOAD F64_LOAD I32_LOAD8_S I32_LOAD8_U I32_LOAD16_S I32_LOAD16_U;
    0x30: I64_LOAD8_S I64_LOAD8_U I64_LOAD16_S I64_LOAD16_U I64_LOAD32_S I64_LOAD32_U I32_STORE I64_STORE F32_STORE F64_STORE I32_STORE8 I32_STORE16 I64_STORE8
        I64_STORE16 I64_STORE32;
    0x45: I32_EQZ I32_EQ I32_NE I32_LT_S I32_LT_U I32_GT_S I32_GT_U I32_LE_S I32_LE_U I32_GE_S I32_GE_U;
    0x50: I64_EQZ I64_EQ I64_NE I64_LT_S I64_LT_U I64_GT_S I64_GT_U I64_LE_S I64_LE_U I64_GE_S I64_GE_U;
    0x5b: F32_EQ F32_NE F32_LT F32_GT F32_LE F32_GE F64_EQ F64_NE F64_LT F64_GT F64_LE F64_GE;
    0x67: I32_CLZ I32_CTZ I32_POPCNT I32_ADD I32_SUB I32_MUL I32_DIV_S I32_DIV_U I32_REM_S I32_REM_U I32_AND
        I32_OR I32_XOR I32_SHL I32_SHR_S I32_SHR_U I32_ROTL I32_ROTR;
    0x79: I64_CLZ I64_CTZ I64_POPCNT I64_ADD I64_SUB I64_MUL I64_DIV_S I64_DIV_U I64_REM_S I64_REM_U I64_AND
        I64_OR I64_XOR I64_SHL I64_SHR_S I64_SHR_U I64_ROTL I64_ROTR;
    0x8b: F32_ABS F32_NEG F32_CEIL F32_FLOOR F32_TRUNC F32_NEAREST F32_SQRT F32_ADD F32_SUB F32_MUL F32_DIV
        F32_MIN F32_MAX F32_COPYSIGN;
    0x99: F64_ABS F64_NEG F64_CEIL F64_FLOOR F64_TRUNC F64_NEAREST F64_SQRT F64_ADD F64_SUB F64_MUL F64_DIV
        F64_MIN F64_MAX F64_COPYSIGN;
    0xa7: I32_WRAP_I64 I32_TRUNC_F32_S I32_TRUNC_F32_U I32_TRUNC_F64_S I32_TRUNC_F64_U I64_EXTEND_I32_S
        I64_EXTEND_I32_U I64_TRUNC_F32_S I64_TRUNC_F32_U I64_TRUNC_F64_S I64_TRUNC_F64_U;
    0xb2: F32_CONVERT_I32_S F32_CONVERT_I32_U F32_CONVERT_I64_S F32_CONVERT_I64_U F32_DEMOTE_F64
        F64_CONVERT_I32_S F64_CONVERT_I32_U F64_CONVERT_I64_S F64_CONVERT_I64_U F64_PROMOTE_F32;
    0xbc: I32_REINTERPRET_F32 I64_REINTERPRET_F64 F32_REINTERPRET_I32 F64_REINTERPRET_I64;
    0xc0: I32_EXTEND8_S I32_EXTEND16_S I64_EXTEND8_S I64_EXTEND16_S I64_EXTEND32_S;
}

/// The comparison that gives 1 where `op` gives 0. Ordered float comparisons have none, because of NaN.
pub fn inverse_comparison(op: u8) -> Option<u8> {
    Some(match op {
        I32_EQ | I64_EQ | F32_EQ | F64_EQ => op + 1,
        I32_NE | I64_NE | F32_NE | F64_NE => op - 1,
        // lt_s, lt_u, gt_s, gt_u, le_s, le_u, ge_s, ge_u stand in this order.
        I32_LT_S | I32_LT_U | I64_LT_S | I64_LT_U => op + 6,
        I32_GE_S | I32_GE_U | I64_GE_S | I64_GE_U => op - 6,
        I32_GT_S | I32_GT_U | I64_GT_S | I64_GT_U => op + 2,
        I32_LE_S | I32_LE_U | I64_LE_S | I64_LE_U => op - 2,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_end_where_the_specification_says() {
        assert_eq!(I64_STORE32, 0x3e);
        assert_eq!(I32_GE_U, 0x4f);
        assert_eq!(I64_GE_U, 0x5a);
        assert_eq!(F64_GE, 0x66);
        assert_eq!(I32_ROTR, 0x78);
        assert_eq!(I64_ROTR, 0x8a);
        assert_eq!(F32_COPYSIGN, 0x98);
        assert_eq!(F64_COPYSIGN, 0xa6);
        assert_eq!(I64_TRUNC_F64_U, 0xb1);
        assert_eq!(F64_PROMOTE_F32, 0xbb);
        assert_eq!(F64_REINTERPRET_I64, 0xbf);
        assert_eq!(I64_EXTEND32_S, 0xc4);
    }

    #[test]
    fn inverses() {
        assert_eq!(inverse_comparison(I32_LT_S), Some(I32_GE_S));
        assert_eq!(inverse_comparison(I64_LE_U), Some(I64_GT_U));
        assert_eq!(inverse_comparison(F64_LT), None);
        for op in 0..=255 {
            if let Some(inv) = inverse_comparison(op) {
                assert_eq!(inverse_comparison(inv), Some(op));
            }
        }
    }
}
