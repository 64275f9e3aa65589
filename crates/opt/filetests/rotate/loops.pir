; test rotate
; A loop with its test at the top gets it at the bottom; the count is used behind the loop too.
func @count(i32) -> i32 {
block0(v0: i32):
    v1 = i32const 0
    v2 = i32const 1
    jump block1(v1)
block1(v3: i32):
    v4 = lt_s v3, v0
    brif v4, block2, block3
block2:
    v5 = iadd v3, v2
    jump block1(v5)
block3:
    return v3
}
; One loop in another.
func @nested(i32) -> i32 {
block0(v0: i32):
    v1 = i32const 0
    v2 = i32const 1
    jump block1(v1, v1)
block1(v3: i32, v4: i32):
    v5 = lt_s v3, v0
    brif v5, block2(v4, v1), block4
block2(v6: i32, v7: i32):
    v8 = lt_s v7, v3
    brif v8, block3, block5
block3:
    v9 = iadd v6, v7
    v10 = iadd v7, v2
    jump block2(v9, v10)
block5:
    v11 = iadd v3, v2
    jump block1(v11, v6)
block4:
    return v4
}
; A test that panics is no test of a loop.
func @check(i32) {
block0(v0: i32):
    v1 = i32const 1
    jump block1(v0)
block1(v2: i32):
    brif v2, block2, block3
block2:
    v3 = isub v2, v1
    jump block1(v3)
block3:
    trap panic
}

; func @count(i32) -> i32 {
; block0(v0: i32):
;     v1 = i32const 0
;     v2 = i32const 1
;     jump block4
; block4:
;     v7 = lt_s v1, v0
;     brif v7, block2(v1), block3(v1)
; block1:
;     v4 = lt_s v5, v0
;     brif v4, block2(v5), block3(v5)
; block2(v8: i32):
;     v5 = iadd v8, v2
;     jump block1
; block3(v9: i32):
;     return v9
; }
;
; func @nested(i32) -> i32 {
; block0(v0: i32):
;     v1 = i32const 0
;     v2 = i32const 1
;     jump block6
; block6:
;     v14 = lt_s v1, v0
;     brif v14, block7(v1, v1), block4(v1)
; block1:
;     v5 = lt_s v11, v0
;     brif v5, block7(v23, v11), block4(v23)
; block7(v15: i32, v18: i32):
;     v17 = lt_s v1, v18
;     brif v17, block3(v15, v1), block5(v15)
; block2:
;     v8 = lt_s v10, v18
;     brif v8, block3(v9, v10), block5(v9)
; block3(v19: i32, v20: i32):
;     v9 = iadd v19, v20
;     v10 = iadd v20, v2
;     jump block2
; block5(v23: i32):
;     v11 = iadd v18, v2
;     jump block1
; block4(v24: i32):
;     return v24
; }
;
; func @check(i32) {
; block0(v0: i32):
;     v1 = i32const 1
;     jump block1(v0)
; block1(v2: i32):
;     brif v2, block2, block3
; block2:
;     v3 = isub v2, v1
;     jump block1(v3)
; block3:
;     trap panic
; }
