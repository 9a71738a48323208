using System.Globalization;
using Weir.Bench.Generators;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var wanted = args.Where(static argument => argument is "keystrokes" or "build" or "analyzers" or "summaries").ToArray();
int[] sizes = [.. args.Where(static argument => int.TryParse(argument, out _)).Select(static argument => int.Parse(argument, null))];
sizes = sizes.Length > 0 ? sizes : [100, 200];

if (Is("keystrokes"))
{
    Table.Print("CPU of the generators for one keystroke, ms", sizes, GeneratorRuns.Keystrokes);
}

if (Is("build"))
{
    Table.Print("CPU of a clean build, ms", sizes, GeneratorRuns.CleanBuild);
}

if (Is("analyzers"))
{
    Table.Print("CPU of the analyzers, ms", sizes, AnalyzerRuns.All);
}

if (Is("summaries"))
{
    Table.Print("CPU of the list of a library's members, ms", sizes, GeneratorRuns.Summaries);
}

bool Is(string part) => wanted.Length == 0 || wanted.Contains(part);
