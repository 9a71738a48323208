using System.Runtime.CompilerServices;
using Weir;

namespace Corpus;

public static class Hashes
{
    [Pipeline]
    public static void Define(Job job, ISource<Trade> trades)
    {
        var all = job.From(trades);
        all.Select(t => t.Symbol.GetHashCode()); // WEIR1004
        all.Select(t => t.GetHashCode()); // WEIR1004
        all.Select(t => (t.Id, t.Symbol).GetHashCode()); // WEIR1004
        all.Select(t => (t.Id, t.Id).GetHashCode()); // WEIR1004
        all.Select(t => new { t.Id }.GetHashCode()); // WEIR1004
        all.Select(t => HashCode.Combine(t.Id, t.Quantity)); // WEIR1004
        all.Select(t =>
        {
            var hash = new HashCode();
            hash.Add(t.Id);
            return hash.ToHashCode(); // WEIR1004
        });
        all.Select(t => StringComparer.Ordinal.GetHashCode(t.Symbol)); // WEIR1004
        all.Select(t => StringComparer.OrdinalIgnoreCase.GetHashCode(t.Symbol)); // WEIR1004
        all.Select(t => EqualityComparer<string>.Default.GetHashCode(t.Symbol)); // WEIR1004
        all.Select(t => RuntimeHelpers.GetHashCode(t)); // WEIR1004
        all.Select(t => new object().GetHashCode()); // WEIR1004
        all.Select(t => t.Symbol.GetHashCode(StringComparison.Ordinal)); // WEIR1004
        all.Select(t => string.GetHashCode(t.Symbol.AsSpan())); // WEIR1004
        all.Select(t => new Salted(t.Id).GetHashCode());
        all.KeyBy(t => t.Symbol.GetHashCode() % 16); // WEIR1004
        all.Select(t => new Plain { Value = t.Id }.GetHashCode()); // WEIR1004

        // Near misses.
        all.Select(t => t.Id.GetHashCode());
        all.Select(t => t.Quantity.GetHashCode());
        all.Select(t => t.Time.GetHashCode());
        all.Select(t => t.Key.GetHashCode());
        all.Select(t => t.Time.DayOfWeek.GetHashCode());
        all.Select(t => 'a'.GetHashCode());
        all.Select(t => ((int?)t.Id).GetHashCode());
        all.Select(t => EqualityComparer<int>.Default.GetHashCode(t.Id));
        all.Select(t => new Steady(t.Id).GetHashCode());
        all.Select(t => nameof(GetHashCode));
        all.Where(t => new HashSet<Salted> { new(t.Id) }.Contains(new Salted(1)));
    }

    private sealed class Salted(int id)
    {
        public override bool Equals(object? obj) => obj is Salted other && other.GetType() == GetType();

        public override int GetHashCode() => HashCode.Combine(id); // WEIR1004
    }

    private sealed class Steady(int id)
    {
        public override bool Equals(object? obj) => obj is Steady;

        public override int GetHashCode() => id * 31;
    }

    private struct Plain
    {
        public int Value;
    }
}
