using System.CommandLine;

namespace FlightDelays;

/// <summary>What is said of a command line that cannot be understood.</summary>
internal static class Usage
{
    // Two letters swapped, one missing, one wrong: more is another word.
    private const int MostTypos = 2;

    /// <summary>One line for each thing that is wrong, and the way out.</summary>
    public static IEnumerable<string> Complaints(ParseResult parsed)
    {
        var options = parsed.RootCommandResult.Command.Options.Select(option => option.Name)
            .Where(name => name.StartsWith("--", StringComparison.Ordinal)).ToList();

        // What follows an unknown option is its value: a complaint of its own would only confuse.
        var unknown = parsed.UnmatchedTokens.Where(token => token.StartsWith('-')).ToList();
        foreach (var token in unknown)
        {
            var nearest = options.MinBy(option => Distance(token, option));
            yield return $"There is no option '{token}'{(nearest is not null && Distance(token, nearest) <= MostTypos ? $": did you mean {nearest}?" : ".")}";
        }

        if (unknown.Count == 0 && parsed.UnmatchedTokens is [var argument, ..])
        {
            yield return $"'{argument}' follows no option: the job takes options only, and a path with blanks needs quotes.";
        }
        else if (unknown.Count == 0)
        {
            foreach (var error in parsed.Errors)
            {
                yield return error.Message;
            }
        }

        yield return $"The options are {string.Join(", ", options.Where(option => option != "--version"))}. Nothing was read or written.";
    }

    /// <summary>How many letters have to be changed, added or removed.</summary>
    private static int Distance(string from, string to)
    {
        var row = Enumerable.Range(0, to.Length + 1).ToArray();
        for (var i = 1; i <= from.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= to.Length; j++)
            {
                var changed = diagonal + (from[i - 1] == to[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(changed, 1 + Math.Min(row[j], row[j - 1]));
            }
        }

        return row[to.Length];
    }
}
