; test error
data @big align 8 size 100000000 mutable ""
export "f" @f
func @f() -> i32 {
block0:
    v0 = sym_addr @big
    v1 = load.i32 v0
    return v1
}

; static data needs 100007936 bytes of memory, but polkadot allows at most 67108864
