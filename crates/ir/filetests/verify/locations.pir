; test verify
func @f() {
    loc0 = "f.go":1:1
    loc1 = "f.go":2:1 in loc0
block0:
    return !loc1
}

; ok
