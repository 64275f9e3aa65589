; test verify
func @f(i32) -> i32 {
block0(v0: i32):
    v1 = iadd v2, v0
    v2 = iadd v0, v0
    brif v0, block1, block2
block1:
    v3 = i32const 1
    jump block2
block2:
    return v3
block3:
    v4 = iadd v3, v5
    v5 = iadd v4, v4
    return v5
}

; f: block0: v1 = iadd v2, v0: v2 is used where its definition does not dominate
; f: block2: return v3: v3 is used where its definition does not dominate
