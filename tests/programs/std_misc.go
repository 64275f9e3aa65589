// Packages container/..., sort, slices, maps, math/..., time, context, sync, errors, iter, go/... .
package main

import (
	"cmp"
	"container/heap"
	"container/list"
	"container/ring"
	"context"
	"errors"
	"fmt"
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"index/suffixarray"
	"iter"
	"maps"
	"math"
	"math/big"
	"math/bits"
	"math/cmplx"
	"math/rand"
	randv2 "math/rand/v2"
	"net/url"
	"slices"
	"sort"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"
	"unique"
)

type intHeap []int

func (h intHeap) Len() int           { return len(h) }
func (h intHeap) Less(i, j int) bool { return h[i] < h[j] }
func (h intHeap) Swap(i, j int)      { h[i], h[j] = h[j], h[i] }
func (h *intHeap) Push(x any)        { *h = append(*h, x.(int)) }
func (h *intHeap) Pop() any {
	old := *h
	x := old[len(old)-1]
	*h = old[:len(old)-1]
	return x
}

func count(n int) iter.Seq[int] {
	return func(yield func(int) bool) {
		for i := range n {
			if !yield(i) {
				return
			}
		}
	}
}

func main() {
	h := &intHeap{5, 2, 8}
	heap.Init(h)
	heap.Push(h, 3)
	for h.Len() > 0 {
		fmt.Print(heap.Pop(h), " ")
	}
	l := list.New()
	l.PushBack(1)
	l.PushFront(0)
	for e := l.Front(); e != nil; e = e.Next() {
		fmt.Print(e.Value, " ")
	}
	r := ring.New(3)
	for i := range 3 {
		r.Value = i
		r = r.Next()
	}
	r.Do(func(x any) { fmt.Print(x, " ") })
	fmt.Println()

	people := []struct {
		Name string
		Age  int
	}{{"a", 3}, {"b", 1}, {"c", 2}, {"d", 1}}
	sort.SliceStable(people, func(i, j int) bool { return people[i].Age < people[j].Age })
	fmt.Println(people, sort.SearchInts([]int{1, 3, 5}, 4))
	slices.SortFunc(people, func(a, b struct {
		Name string
		Age  int
	}) int {
		return cmp.Or(-cmp.Compare(a.Age, b.Age), cmp.Compare(a.Name, b.Name))
	})
	fmt.Println(people)
	m := map[string]int{"x": 1, "y": 2}
	fmt.Println(slices.Sorted(maps.Keys(m)), slices.Collect(count(4)), slices.Max([]int{1, 9, 3}), slices.Index([]string{"a", "b"}, "b"))
	for c := range slices.Chunk([]int{1, 2, 3, 4, 5}, 2) {
		fmt.Print(c)
	}
	fmt.Println(slices.Compact([]int{1, 1, 2, 2, 1}), slices.Insert([]int{1, 4}, 1, 2, 3), slices.Repeat([]int{7}, 3))

	a, _ := new(big.Int).SetString("123456789012345678901234567890", 10)
	b := big.NewInt(987654321)
	fmt.Println(new(big.Int).Mul(a, b), new(big.Int).Exp(b, big.NewInt(20), nil), new(big.Int).Mod(a, b), a.Cmp(b), new(big.Int).GCD(nil, nil, a, b), big.NewInt(97).ProbablyPrime(10))
	fmt.Println(new(big.Rat).Add(big.NewRat(1, 3), big.NewRat(1, 6)), new(big.Float).SetPrec(100).Quo(big.NewFloat(1), big.NewFloat(3)))
	fmt.Printf("%x %d %s\n", a, b, new(big.Int).Sqrt(a))
	fmt.Println(math.Sin(1), math.Exp(2.5), math.Pow(2, 0.5), math.Gamma(5.5), math.Cbrt(27), math.Hypot(3, 4), math.Log1p(1e-10), math.Mod(7.5, 2), math.NaN(), math.Inf(-1), math.Nextafter(1, 2))
	fmt.Println(bits.LeadingZeros32(1), bits.OnesCount64(255), bits.Reverse8(3), bits.Len(1023), cmplx.Sqrt(-1), cmplx.Exp(1i))
	hi, lo := bits.Mul64(1<<63, 6)
	fmt.Println(hi, lo)
	rg := rand.New(rand.NewSource(42))
	fmt.Println(rg.Intn(100), rg.Intn(100), rg.Float64(), rg.Perm(5))
	pcg := randv2.New(randv2.NewPCG(1, 2))
	fmt.Println(pcg.IntN(100), pcg.Uint64(), pcg.NormFloat64())
	cc := randv2.New(randv2.NewChaCha8([32]byte{1, 2, 3}))
	fmt.Println(cc.Uint64(), cc.IntN(1000), rand.Intn(10) < 10)

	t := time.Date(2024, 2, 29, 23, 59, 58, 123456789, time.UTC)
	fmt.Println(t, t.Add(2*time.Second), t.AddDate(1, 0, 0).Format(time.RFC1123), t.Weekday(), t.YearDay(), t.Unix(), t.Truncate(time.Hour).Format(time.Kitchen))
	p, err := time.Parse("2006-01-02 15:04:05.000 -0700", "2023-07-04 05:06:07.089 +0200")
	fmt.Println(p, err, p.UTC(), t.Sub(p), p.Before(t))
	_, err = time.Parse(time.RFC3339, "bad")
	fmt.Println(err)
	d, err := time.ParseDuration("1h15m30.918s")
	fmt.Println(d, err, d.Round(time.Minute), d.Seconds(), time.Duration(1500)*time.Microsecond)
	start := time.Now()
	time.Sleep(2 * time.Millisecond)
	fmt.Println(time.Since(start) >= 2*time.Millisecond)

	ctx, cancel := context.WithCancelCause(context.WithValue(context.Background(), "k", "v"))
	cancel(errors.New("why"))
	<-ctx.Done()
	fmt.Println(ctx.Err(), context.Cause(ctx), ctx.Value("k"), ctx)
	tctx, stop := context.WithTimeout(context.Background(), time.Millisecond)
	defer stop()
	<-tctx.Done()
	fmt.Println(tctx.Err())
	var wg sync.WaitGroup
	var mu sync.Mutex
	var n atomic.Int64
	total := 0
	for i := range 10 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			mu.Lock()
			total += i
			mu.Unlock()
			n.Add(1)
		}()
	}
	wg.Wait()
	var once sync.Once
	once.Do(func() { fmt.Println("once", total, n.Load()) })
	once.Do(func() { fmt.Println("twice") })
	var sm sync.Map
	sm.Store("a", 1)
	v, ok := sm.Load("a")
	_, loaded := sm.LoadOrStore("b", 2)
	fmt.Println(v, ok, loaded, sync.OnceValue(func() int { return 5 })())
	pool := sync.Pool{New: func() any { return "new" }}
	fmt.Println(pool.Get())
	next, done := iter.Pull(count(3))
	x, ok1 := next()
	y, ok2 := next()
	done()
	fmt.Println(x, ok1, y, ok2, unique.Make("s") == unique.Make("s"))

	u, err := url.Parse("https://user:pa%20ss@host.com:8080/p/a th?q=1&r=a+b#frag")
	fmt.Println(u, err, u.Host, u.Port(), u.Query()["r"], u.Fragment, url.QueryEscape("a b&c"))
	fmt.Println(strconv.Quote("héllo\n\x00"), strconv.FormatFloat(1.0/3, 'g', -1, 32), strconv.FormatInt(-255, 16))
	_, err = strconv.Atoi("12x")
	fmt.Println(err)
	_, err = strconv.ParseInt("99999999999999999999", 10, 64)
	fmt.Println(err, errors.Is(err, strconv.ErrRange))
	fmt.Println(strings.NewReplacer("<", "&lt;", ">", "&gt;").Replace("<b>"), strings.EqualFold("Straße", "STRASSE"), strings.Map(func(r rune) rune { return r + 1 }, "HAL"), strings.FieldsFunc("a1b2", func(r rune) bool { return r < 'a' }))
	for w := range strings.SplitSeq("p,q,r", ",") {
		fmt.Print(w, ";")
	}
	fmt.Println()
	idx := suffixarray.New([]byte("banana"))
	off := idx.Lookup([]byte("ana"), -1)
	sort.Ints(off)
	fmt.Println(off)

	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "x.go", "package x\n\nfunc  F(a int)(b string){ return  g(a+1) }\n", 0)
	fmt.Println(err)
	ast.Inspect(file, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok {
			fmt.Print(id.Name, "@", fset.Position(id.Pos()).Column, " ")
		}
		return true
	})
	src, err := format.Source([]byte("package x\nfunc  F( ){x:=1;_=x}"))
	fmt.Println(string(src), err)
	_, err = parser.ParseExpr("a +")
	fmt.Println(err)
}
