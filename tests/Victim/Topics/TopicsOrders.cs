using System.Globalization;

namespace Weir.Victim;

/// <summary>What a job from topic to topic is told, as <c>NAME=VALUE</c> on its command line.</summary>
/// <param name="Job">Its name, which those of its topics begin with: <c>‹job›-in</c>, <c>-copies</c>, <c>-counts</c>, <c>-sums</c>.</param>
/// <param name="Directory">Where its checkpoints are.</param>
/// <param name="Servers">The brokers.</param>
/// <param name="Mode"><c>aligned</c> or <c>unaligned</c>.</param>
/// <param name="Parallelism">Subtasks of each chain.</param>
/// <param name="IntervalMs">Between the starts of two checkpoints.</param>
/// <param name="TimeoutMs">How long a transaction may be open.</param>
/// <param name="Fatal">
/// The point where something befalls it, the time it comes there, and what: <c>after-init:1:stop</c>; empty for none.
/// </param>
/// <param name="Mistake">What is done wrong on purpose; empty for nothing.</param>
internal sealed record TopicsOrders(
    string Job, string Directory, string Servers, string Mode, int Parallelism, int IntervalMs, int TimeoutMs, string Fatal, string Mistake)
{
    /// <summary>Reads a command line.</summary>
    public static TopicsOrders Parse(IEnumerable<string> arguments)
    {
        var values = arguments.Select(argument => argument.Split('=', 2))
            .ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
        int Number(string name) => int.Parse(values[name], CultureInfo.InvariantCulture);
        return new TopicsOrders(
            values["job"], values["directory"], values["servers"], values["mode"], Number("parallelism"), Number("interval"),
            Number("timeout"), values["fatal"], values["mistake"]);
    }
}
