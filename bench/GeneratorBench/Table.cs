namespace Weir.Bench.Generators;

/// <summary>One table in markdown: a column for each number of pipelines.</summary>
internal static class Table
{
    public static void Print(string title, int[] sizes, Func<int, IEnumerable<(string Name, double Value)>> rows)
    {
        var columns = sizes.Select(size => rows(size).ToList()).ToList();
        Console.WriteLine($"| {title} | {string.Join(" | ", sizes.Select(static size => $"{size} pipelines"))} |");
        Console.WriteLine($"|---|{string.Concat(sizes.Select(static _ => "---:|"))}");
        for (var row = 0; row < columns[0].Count; row++)
        {
            Console.WriteLine($"| {columns[0][row].Name} | {string.Join(" | ", columns.Select(column => $"{column[row].Value:0.0}"))} |");
        }

        Console.WriteLine();
    }
}
