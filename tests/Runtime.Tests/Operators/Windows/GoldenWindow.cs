using System.Globalization;
using System.Text.Json;
using Weir.Runtime.Tests.Golden;

namespace Weir.Runtime.Tests.Operators.Windows;

/// <summary>The operator of a windowed stage, as the public verbs describe it, with a clock that a script sets.</summary>
/// <remarks>One millisecond of the scripts is one microsecond here.</remarks>
internal sealed class GoldenWindow(GoldenCase test) : IGoldenOperator
{
    // Where the form is general timers may wait, though their time has passed: the watermark that is sent again fires them, as it does there,
    // where no snapshot holds one.
    private readonly bool _forgets = test.ForgetsWatermark || GoldenWindowStages.Of(test).WindowForm == WindowForm.General;

    private readonly WindowRun _run = new(GoldenWindowStages.Of(test));

    public IEnumerable<string> Take(JsonElement step)
    {
        _run.Output.Clear();
        switch (step[0].GetString())
        {
            case "el":
                var time = step[3].ValueKind == JsonValueKind.Null ? long.MinValue : step[3].GetInt64();
                _run.Record(step[1].GetInt64(), step[2].GetInt64(), time);
                break;
            case "wm":
                _run.Watermark(step[1].GetInt64());
                break;
            case "pt":
                _run.Clock(step[1].GetInt64());
                break;
            case "restore":
                _run.Restore(_forgets);
                break;
            case var other:
                throw new JsonException($"The step '{other}' is not known.");
        }

        return _run.Output.Select(record => record.Kind switch
        {
            // A result is the text of its record up to the event time.
            "out" => $"{record.Text},{Text(record.Time)}]",
            "late" => $"[\"side\",\"late\",{record.Text.Replace(':', ',')},{(record.Time == long.MinValue ? "null" : Text(record.Time))}]",
            "wm" => $"[\"wm\",{Text(record.Time)}]",
            var status => $"[\"{status}\"]",
        });
    }

    public void Restore() => _run.Restore();

    public string? Check(GoldenCase played, int step)
    {
        if (step == test.Script.Count - 1 && test.Number("late_dropped") is { } dropped && dropped != _run.Late)
        {
            return $"{dropped} records are late, but {_run.Late} were counted";
        }

        // Flink leaves timers of windows that have become part of others: ours may be fewer, and never more.
        return test.Timers(step) is { } timers && _run.Timers is var ours
            && (ours.Event > timers.Event || ours.Processing > timers.Processing)
            ? $"there are {ours.Event} and {ours.Processing} timers, where Flink has {timers.Event} and {timers.Processing}"
            : null;
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
