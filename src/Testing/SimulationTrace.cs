using System.Globalization;
using System.Runtime.CompilerServices;

namespace Weir.Testing;

/// <summary>What happened in a simulation, in order. Off unless a seed is replayed, since a thousand seeds need none.</summary>
/// <param name="isOn">Whether to record.</param>
public sealed class SimulationTrace(bool isOn)
{
    private readonly List<string> _lines = [];

    /// <summary>Gets a value indicating whether lines are recorded.</summary>
    public bool IsOn => isOn;

    /// <summary>Gets the lines.</summary>
    public IReadOnlyList<string> Lines => _lines;

    /// <summary>Records a line; costs nothing when off.</summary>
    /// <param name="line">The line.</param>
    public void Add([InterpolatedStringHandlerArgument("")] ref Line line)
    {
        if (isOn)
        {
            _lines.Add(line.ToText());
        }
    }

    /// <summary>A line under construction, built only if the trace is on.</summary>
    [InterpolatedStringHandler]
    public ref struct Line
    {
        private DefaultInterpolatedStringHandler _text;

        /// <summary>Begins a line.</summary>
        public Line(int literalLength, int formattedCount, SimulationTrace trace, out bool isEnabled)
        {
            isEnabled = trace.IsOn;
            _text = isEnabled ? new DefaultInterpolatedStringHandler(literalLength, formattedCount, CultureInfo.InvariantCulture) : default;
        }

        /// <summary>Adds what stands in the text.</summary>
        public void AppendLiteral(string text) => _text.AppendLiteral(text);

        /// <summary>Adds a value.</summary>
        public void AppendFormatted<T>(T value) => _text.AppendFormatted(value);

        /// <summary>Adds a value in a format.</summary>
        public void AppendFormatted<T>(T value, string? format) => _text.AppendFormatted(value, format);

        /// <summary>Adds an aligned value.</summary>
        public void AppendFormatted<T>(T value, int alignment) => _text.AppendFormatted(value, alignment);

        internal string ToText() => _text.ToStringAndClear();
    }
}
