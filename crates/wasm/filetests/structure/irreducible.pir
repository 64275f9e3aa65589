; test run
; Two entries into a loop (decision record 0008).
; call f(0, 5)
; call f(1, 5)
; call f(1, 0)
; call f(0, 0)
; call g(3, 4)
export "f" @f
export "g" @g
func @f(i32, i32) -> i32 {
block0(v0: i32, v1: i32):
    v20 = i32const 0
    brif v0, block1(v1, v20), block2(v1, v20)
block1(v2: i32, v3: i32):
    v4 = i32const 10
    v5 = iadd v3, v4
    brif v2, block2(v2, v5), block3(v5)
block2(v6: i32, v7: i32):
    v8 = i32const 1
    v9 = isub v6, v8
    v10 = iadd v7, v6
    v11 = i32const 0
    v12 = gt_s v9, v11
    brif v12, block1(v9, v10), block3(v10)
block3(v13: i32):
    return v13
}
; An irreducible loop inside another one with a br_table.
func @g(i32, i32) -> i32 {
block0(v0: i32, v1: i32):
    v2 = i32const 0
    br_table v0, [block1(v0, v2), block2(v0, v2)], block3(v1, v2)
block1(v3: i32, v4: i32):
    v5 = i32const 1
    v6 = iadd v4, v5
    brif v3, block2(v3, v6), block4(v6)
block2(v7: i32, v8: i32):
    v9 = i32const 1
    v10 = isub v7, v9
    v11 = i32const 100
    v12 = iadd v8, v11
    brif v10, block3(v10, v12), block4(v12)
block3(v13: i32, v14: i32):
    v15 = i32const 1
    v16 = isub v13, v15
    v17 = i32const 10000
    v18 = iadd v14, v17
    v19 = and v16, v15
    br_table v19, [block1(v16, v18)], block2(v16, v18)
block4(v20: i32):
    return v20
}

; f(0, 5) = 55
; f(1, 5) = 65
; f(1, 0) = 10
; f(0, 0) = 0
; g(3, 4) = 20200
