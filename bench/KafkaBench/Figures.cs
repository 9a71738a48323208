using System.Globalization;

namespace Weir.Bench.KafkaLog;

/// <summary>Medians, and how figures are written.</summary>
internal static class Figures
{
    public const int Rounds = 5;

    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted[sorted.Length / 2];
    }

    /// <summary>The value that a share of all does not exceed.</summary>
    public static double Quantile(double[] sorted, double share) =>
        sorted.Length == 0 ? double.NaN : sorted[Math.Min(sorted.Length - 1, (int)(sorted.Length * share))];

    /// <summary>The median of the ratios of what was measured in one round each.</summary>
    public static double Ratio(IEnumerable<double> own, IEnumerable<double> others) =>
        Median(own.Zip(others, (left, right) => left / right));

    /// <summary>Writes a line of parts.</summary>
    public static void Print(params FormattableString[] parts) =>
        Console.WriteLine(string.Concat(parts.Select(part => part.ToString(CultureInfo.InvariantCulture))));

    /// <summary>Two figures for a ratio.</summary>
    public static string Text(double ratio) => ratio.ToString("F2", CultureInfo.InvariantCulture);
}
