// Package report collects outcomes and prints them as markdown.
package report

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"sync"

	"credential_provider/tests/conformance/rows"
)

// Report has the outcomes of all rows. It may be used by several goroutines.
type Report struct {
	mutex                   sync.Mutex
	tables                  []*table
	notes, failures         []string
	skips                   map[string]int // by reason
	passed, failed, skipped int
}

type table struct {
	title         string
	rows, columns []string
	cells         map[[2]string]string
}

// AddTable announces a table, so that it is printed with its rows and columns in this order.
func (r *Report) AddTable(title string, rows, columns []string) {
	r.tables = append(r.tables, &table{title, rows, columns, map[[2]string]string{}})
}

// Add notes the outcome of a row in a column of the table with that title.
func (r *Report) Add(title, row, column string, outcome error) {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	cell := r.count(fmt.Sprintf("%s, %s, %s", title, column, row), outcome)
	for _, table := range r.tables {
		if table.title == title {
			table.cells[[2]string{row, column}] = cell
		}
	}
}

// Note notes a figure.
func (r *Report) Note(text string) {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	r.notes = append(r.notes, text)
}

// Skip notes what could not even be tried, and why.
func (r *Report) Skip(what, reason string) {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	r.count(what, rows.NotApplicable(what+": "+reason))
}

func (r *Report) count(what string, outcome error) string {
	var reason rows.NotApplicable
	switch {
	case outcome == nil:
		r.passed++
		return "pass"
	case errors.As(outcome, &reason):
		r.skipped++
		if r.skips == nil {
			r.skips = map[string]int{}
		}
		r.skips[string(reason)]++
		return "skip"
	default:
		r.failed++
		r.failures = append(r.failures, fmt.Sprintf("FAILED: %s: %s", what, strings.TrimSpace(outcome.Error())))
		return "**FAIL**"
	}
}

// Print writes the tables, what was skipped or has failed, and the counts. It returns whether nothing failed.
func (r *Report) Print(out io.Writer) bool {
	for _, table := range r.tables {
		fmt.Fprintf(out, "\n%s\n\n| | %s |\n|---%s|\n", table.title, strings.Join(table.columns, " | "),
			strings.Repeat("|---", len(table.columns)))
		for _, row := range table.rows {
			fmt.Fprintf(out, "| %s", row)
			for _, column := range table.columns {
				fmt.Fprintf(out, " | %s", table.cells[[2]string{row, column}])
			}
			fmt.Fprintln(out, " |")
		}
	}
	fmt.Fprintln(out)
	for _, note := range r.notes {
		fmt.Fprintln(out, note)
	}
	for _, reason := range slices.Sorted(maps.Keys(r.skips)) {
		fmt.Fprintf(out, "%d skipped: %s\n", r.skips[reason], reason)
	}
	for _, failure := range slices.Sorted(slices.Values(r.failures)) {
		fmt.Fprintln(out, failure)
	}
	fmt.Fprintf(out, "%d passed, %d failed, %d skipped\n", r.passed, r.failed, r.skipped)
	return r.failed == 0
}
