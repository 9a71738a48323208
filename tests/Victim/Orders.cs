using System.Globalization;

namespace Weir.Victim;

/// <summary>What a victim is told, as <c>NAME=VALUE</c> on its command line.</summary>
/// <param name="Job">The job's name.</param>
/// <param name="Directory">Where its checkpoints are, and its output if that is files.</param>
/// <param name="Source">
/// Empty for readings that are made; else a table of PostgreSQL with their numbers, and how to connect: <c>TABLE;CONNECTION</c>.
/// </param>
/// <param name="Backend"><c>file</c> or <c>rocks</c>.</param>
/// <param name="Mode"><c>aligned</c> or <c>unaligned</c>.</param>
/// <param name="Sink"><c>files</c>, <c>postgres</c>, <c>mariadb</c>, <c>sqlite</c> or <c>kafka</c>.</param>
/// <param name="Connection">How to reach the database or the broker.</param>
/// <param name="Table">The table or the topic there.</param>
/// <param name="Parallelism">Subtasks of each chain.</param>
/// <param name="Splits">Splits of the source.</param>
/// <param name="Readings">Readings of each split.</param>
/// <param name="IntervalMs">Between the starts of two checkpoints.</param>
/// <param name="SlowMs">How long the sink takes for a batch; 0 for no more than it needs.</param>
/// <param name="Fatal">The point that it does not survive, and the time it comes there: <c>after-commit:2</c>; empty for none.</param>
internal sealed record Orders(
    string Job, string Directory, string Source, string Backend, string Mode, string Sink, string Connection, string Table,
    int Parallelism, int Splits, int Readings, int IntervalMs, int SlowMs, string Fatal)
{
    /// <summary>Reads a command line.</summary>
    public static Orders Parse(IEnumerable<string> arguments)
    {
        var values = arguments.Select(argument => argument.Split('=', 2))
            .ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
        int Number(string name) => int.Parse(values[name], CultureInfo.InvariantCulture);
        return new Orders(
            values["job"], values["directory"], values["source"], values["backend"], values["mode"], values["sink"], values["connection"],
            values["table"], Number("parallelism"), Number("splits"), Number("readings"), Number("interval"), Number("slow"),
            values["fatal"]);
    }
}
