; test run
; Copies that overlap, in both directions and of all lengths up to some words.
; call forward(5, 20)
; call backward(5, 20)
; call forward(1, 31)
; call backward(1, 31)
; call forward(8, 17)
; call backward(8, 3)
; call fixed(3)
; call fixed(9)
; call filled(0x5a, 19)
data @bytes align 1 mutable "\00\01\02\03\04\05\06\07\08\09\0a\0b\0c\0d\0e\0f\10\11\12\13\14\15\16\17\18\19\1a\1b\1c\1d\1e\1f\20\21\22\23\24\25\26\27\28\29\2a\2b\2c\2d\2e\2f"
export "forward" @forward
export "backward" @backward
export "fixed" @fixed
export "filled" @filled
func @hash() -> i64 {
block0:
    v0 = sym_addr @bytes
    v1 = i32const 0
    v2 = i64const 7
    jump block1(v1, v2)
block1(v3: i32, v4: i64):
    v5 = ref_add v0, v3
    v6 = load.u8 v5
    v7 = extend_u v6
    v8 = i64const 31
    v9 = imul v4, v8
    v10 = iadd v9, v7
    v11 = i32const 1
    v12 = iadd v3, v11
    v13 = i32const 48
    v14 = eq v12, v13
    brif v14, block2, block1(v12, v10)
block2:
    return v10
}
func @forward(i32, i32) -> i64 {
block0(v0: i32, v1: i32):
    v2 = sym_addr @bytes
    v3 = ref_add v2, v0
    mem_copy v2, v3, v1
    v4 = call @hash() : () -> i64
    return v4
}
func @backward(i32, i32) -> i64 {
block0(v0: i32, v1: i32):
    v2 = sym_addr @bytes
    v3 = ref_add v2, v0
    mem_copy v3, v2, v1
    v4 = call @hash() : () -> i64
    return v4
}
func @fixed(i32) -> i64 {
block0(v0: i32):
    v2 = sym_addr @bytes
    v3 = ref_add v2, v0
    v4 = i32const 27
    mem_copy v3, v2, v4
    v5 = call @hash() : () -> i64
    return v5
}
func @filled(i32, i32) -> i64 {
block0(v0: i32, v1: i32):
    v2 = sym_addr @bytes + 1
    mem_fill v2, v0, v1
    v3 = call @hash() : () -> i64
    return v3
}

; forward(5, 20) = 35772764302943327
; backward(5, 20) = -6938469361291162054
; forward(1, 31) = -3473704389890579618
; backward(1, 31) = -2965747950097420263
; forward(8, 17) = 2244222814299786519
; backward(8, 3) = 3474622144298510111
; fixed(3) = 2998704104458579636
; fixed(9) = -1136094725084777002
; filled(0x5a, 19) = -4225369557146567385
