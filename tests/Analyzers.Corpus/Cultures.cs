using System.Globalization;
using System.Text;
using Weir;

namespace Corpus;

public static class Cultures
{
    [Pipeline]
    public static void Define(Job job, ISource<Trade> trades)
    {
        var all = job.From(trades);
        all.Select(t => t.Price.ToString()); // WEIR1005
        all.Select(t => t.Price.ToString("F2")); // WEIR1005
        all.Select(t => t.Fee.ToString()); // WEIR1005
        all.Select(t => t.Time.ToString()); // WEIR1005
        all.Select(t => t.Time.ToString("yyyy-MM-dd")); // WEIR1005
        all.Select(t => t.Time.ToShortDateString()); // WEIR1005
        all.Select(t => t.Id.ToString("N0")); // WEIR1005
        all.Select(t => DateOnly.FromDateTime(t.Time).ToString()); // WEIR1005
        all.Select(t => $"{t.Symbol}: {t.Price}"); // WEIR1005
        all.Select(t => $"{t.Time:d}"); // WEIR1005
        all.Select(t => $"{t.Id:N0}"); // WEIR1005
        all.Select(t => t.Symbol + t.Price); // WEIR1005
        all.Select(t => "at " + t.Time + " o'clock"); // WEIR1005
        all.Select(t => string.Format("{0} {1}", t.Symbol, t.Price)); // WEIR1005
        all.Select(t => string.Concat(t.Price, t.Symbol)); // WEIR1005
        all.Select(t => string.Join(";", new[] { t.Price, 1.5 })); // WEIR1005
        all.Select(t => double.Parse(t.Text)); // WEIR1005
        all.Select(t => decimal.Parse(t.Text)); // WEIR1005
        all.Select(t => DateTime.Parse(t.Text)); // WEIR1005
        all.Where(t => double.TryParse(t.Text, out _)); // WEIR1005
        all.Select(t => Convert.ToDouble(t.Text)); // WEIR1005
        all.Select(t => Convert.ToString(t.Price)); // WEIR1005
        all.Select(t => t.Symbol.ToUpper()); // WEIR1005
        all.Select(t => t.Symbol.ToLower()); // WEIR1005
        all.Where(t => t.Symbol.StartsWith("A")); // WEIR1005
        all.Where(t => t.Symbol.EndsWith("Z")); // WEIR1005
        all.Where(t => t.Symbol.IndexOf("b") > 0); // WEIR1005
        all.Where(t => string.Compare(t.Symbol, "M") < 0); // WEIR1005
        all.Where(t => string.Compare(t.Symbol, "M", true) < 0); // WEIR1005
        all.Where(t => t.Symbol.CompareTo("M") < 0); // WEIR1005
        all.Where(t => string.Equals(t.Symbol, "M", StringComparison.CurrentCulture)); // WEIR1005
        all.Where(t => t.Symbol.Equals("M", StringComparison.CurrentCultureIgnoreCase)); // WEIR1005
        all.Select(t => CultureInfo.CurrentCulture.Name); // WEIR1005
        all.Select(t => CultureInfo.CurrentUICulture.Name); // WEIR1005
        all.Select(t => Thread.CurrentThread.CurrentCulture.Name); // WEIR1005
        all.Select(t => StringComparer.CurrentCulture.Compare(t.Symbol, t.Text)); // WEIR1005
        all.SelectMany(t => t.Lots.OrderBy(lot => t.Symbol + "x")); // WEIR1005
        all.Select(t => new[] { t.Symbol, t.Text }.Min()); // WEIR1005
        all.Select(t => new[] { t.Symbol, t.Text }.Order().First()); // WEIR1005
        all.Select(t =>
        {
            var names = new List<string> { t.Symbol, t.Text };
            names.Sort(); // WEIR1005
            return names;
        });
        all.Select(t => new SortedSet<string> { t.Symbol }); // WEIR1005
        all.Select(t => new StringBuilder().Append(t.Price).ToString()); // WEIR1005
        all.Select(t => new StringBuilder().Append($"{t.Price}").ToString()); // WEIR1005
        all.Select(t => char.ToUpper(t.Symbol[0])); // WEIR1005
        all.Select(t => new Line(t.Symbol, t.Price).ToString()); // WEIR1005
        all.Select(t => (t.Symbol, t.Price).ToString()); // WEIR1005
        all.Select(t => t.Price.ToString((IFormatProvider?)null)); // WEIR1005

        // Near misses.
        all.Select(t => t.Price.ToString(CultureInfo.InvariantCulture));
        all.Select(t => t.Price.ToString("F2", CultureInfo.InvariantCulture));
        all.Select(t => string.Create(CultureInfo.InvariantCulture, $"{t.Price} {t.Time}"));
        all.Select(t => FormattableString.Invariant($"{t.Price}"));
        all.Select(t => string.Format(CultureInfo.InvariantCulture, "{0}", t.Price));
        all.Select(t => $"{t.Symbol}-{t.Id}-{t.Key}");
        all.Select(t => $"{t.Time:O}");
        all.Select(t => t.Symbol + t.Id);
        all.Select(t => t.Id.ToString());
        all.Select(t => t.Id.ToString("X8"));
        all.Select(t => t.Time.ToString("O"));
        all.Select(t => t.Key.ToString());
        all.Select(t => t.Time.DayOfWeek.ToString());
        all.Select(t => int.Parse(t.Text));
        all.Select(t => double.Parse(t.Text, CultureInfo.InvariantCulture));
        all.Where(t => double.TryParse(t.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out _));
        all.Select(t => t.Symbol.ToUpperInvariant());
        all.Where(t => t.Symbol.StartsWith("A", StringComparison.Ordinal));
        all.Where(t => t.Symbol.StartsWith('A'));
        all.Where(t => t.Symbol.Contains("A"));
        all.Where(t => t.Symbol.IndexOf('b') > 0);
        all.Where(t => t.Symbol == "M");
        all.Where(t => t.Symbol.Equals("M"));
        all.Where(t => string.CompareOrdinal(t.Symbol, "M") < 0);
        all.Where(t => string.Compare(t.Symbol, "M", StringComparison.Ordinal) < 0);
        all.Select(t => t.Text.Replace("a", "b").Trim().Split(','));
        all.Select(t => new[] { t.Symbol, t.Text }.Order(StringComparer.Ordinal).First());
        all.Select(t => t.Lots.OrderBy(lot => lot).First());
        all.Select(t => t.Lots.Min());
        all.Select(t => new SortedSet<string>(StringComparer.Ordinal) { t.Symbol });
        all.Select(t => new StringBuilder().Append(t.Symbol).Append(t.Id).ToString());
        all.Select(t => CultureInfo.GetCultureInfo("de-DE").Name);
        all.Select(t => new { t.Id }.ToString());
    }
}
