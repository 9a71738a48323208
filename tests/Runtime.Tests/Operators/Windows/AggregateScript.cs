using System.Globalization;
using Weir.Graph;
using Weir.Runtime.Kernels;
using Weir.Runtime.State;
using Weir.Runtime.Streams;
using Weir.Runtime.Subtasks;

namespace Weir.Runtime.Tests.Operators.Windows;

/// <summary>Runs one windowed aggregate over a script: <c>key:3@999</c> is a record, <c>WM1000</c> a watermark.</summary>
/// <remarks>With crashes, the operator is snapshotted, thrown away and restored before every item: the output must be the same.</remarks>
internal sealed class AggregateScript
{
    private readonly Stage _stage;
    private readonly bool _crash;
    private readonly Random? _stops;
    private readonly Recorder _output = new();
    private readonly SubtaskContext _subtask = new(TestJob.Context("script") with { BatchCapacity = 4 }, 0, 0, 1);
    private Receiver<(string Key, long Value)> _kernel;
    private IStatefulOperator _operator;

    /// <summary>Makes the operator of a stage.</summary>
    /// <param name="stage">The stage.</param>
    /// <param name="crash">Whether it is restored before each item.</param>
    /// <param name="stops">If not null, its output is full now and then, and it goes on now and then: call <see cref="Finish"/>.</param>
    public AggregateScript(Stage stage, bool crash, Random? stops = null)
    {
        _stage = stage;
        _crash = crash;
        _stops = stops;
        _output.Came = () =>
        {
            if (stops?.Next(3) == 0)
            {
                _subtask!.Flow.Close();
            }
        };
        (_kernel, _operator) = Make();
    }

    public long Late => _subtask.Counters.Late;

    /// <summary>The number of key groups that a snapshot holds anything of.</summary>
    public int KeyGroupsInState => Snapshot().KeyGroups.Length;

    /// <summary>Runs items and returns what came out, results between two watermarks in order of their text.</summary>
    public string Run(string items)
    {
        if (_stops is null)
        {
            _output.Lines.Clear();
        }

        foreach (var item in items.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            if (_crash || item == "restore")
            {
                var snapshot = Snapshot();
                (_kernel, _operator) = Make();
                _operator.Restore(snapshot);
            }

            if (item == "restore")
            {
                continue;
            }

            if (item.StartsWith("WM", StringComparison.Ordinal))
            {
                _kernel.OnWatermark(new Watermark(long.Parse(item.AsSpan(2), CultureInfo.InvariantCulture)));
                GoOn(once: _stops is not null);
            }
            else
            {
                RunBatch([item]);
            }
        }

        return _stops is null ? _output.Text() : "";
    }

    /// <summary>Takes in records as one batch.</summary>
    public void RunBatch(IReadOnlyList<string> records)
    {
        var batch = new Batch<(string, long)>(records.Count);
        foreach (var record in records)
        {
            var parts = record.Split(':', '@');
            batch.Add((parts[0], long.Parse(parts[1], CultureInfo.InvariantCulture)),
                long.Parse(parts[2], CultureInfo.InvariantCulture));
        }

        _kernel.OnBatch(batch);
    }

    /// <summary>Lets it go on until nothing is held, and returns all that came out.</summary>
    public string Finish()
    {
        GoOn(once: false);
        return _output.Text();
    }

    private void GoOn(bool once)
    {
        if (once && _stops!.Next(2) == 0)
        {
            return;
        }

        do
        {
            _subtask.Flow.Open();
            if (((IResumable)_operator).IsHeld)
            {
                ((IResumable)_operator).Resume();
            }
        }
        while (!once && ((IResumable)_operator).IsHeld);

        _subtask.Flow.Open();
    }

    private OperatorState Snapshot()
    {
        var writer = new OperatorStateWriter(_operator.Id);
        _operator.Snapshot(writer);
        return writer.ToState();
    }

    private (Receiver<(string, long)> Kernel, IStatefulOperator Operator) Make()
    {
        var owned = new List<IStatefulOperator>();
        var kernel = _stage.Accept(new StageOperators(Context(owned), isExchange: false, new SinkOpener()));
        return ((Receiver<(string, long)>)kernel, owned.Single());
    }

    private SpanContext Context(List<IStatefulOperator> owned) =>
        new([_stage], new Dictionary<StageOutput, object> { [_stage.Outputs[0]] = _output }, _subtask, owned);

    private sealed class Recorder : Receiver<string>
    {
        private readonly List<string> _results = [];

        public List<string> Lines { get; } = [];

        public Action Came { get; set; } = () => { };

        public override void OnBatch(Batch<string> batch)
        {
            for (var i = 0; i < batch.Count; i++)
            {
                _results.Add($"{batch.Values[i]}@{batch.Times[i]}");
            }

            Came();
        }

        public override void OnWatermark(Watermark watermark)
        {
            Lines.AddRange(_results.Order(StringComparer.Ordinal));
            _results.Clear();
            Lines.Add(string.Create(CultureInfo.InvariantCulture, $"WM{watermark.Time}"));
        }

        public override void OnIdle(bool isIdle) => Lines.Add(isIdle ? "idle" : "active");

        public string Text()
        {
            Assert.Empty(_results);
            return string.Join(' ', Lines);
        }
    }
}
