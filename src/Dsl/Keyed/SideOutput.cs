using System.Runtime.CompilerServices;

namespace Weir;

/// <summary>Names a stream that a process puts out beside its results.</summary>
/// <remarks>
/// A tag, and nothing else: it holds no records, and any number of operators may use it. Keep it in a static field of the process, emit to
/// it by the context, and take its records by <c>Side</c> of the results. What is emitted to a tag whose records nobody takes is dropped.
/// </remarks>
/// <typeparam name="T">Its records.</typeparam>
/// <example><code>public static readonly SideOutput&lt;Payment&gt; Suspicious = new();</code></example>
public sealed class SideOutput<T>
{
    /// <summary>Makes a tag.</summary>
    /// <param name="name">
    /// Unique among the outputs of an operator; by default the name of the field or method that it is made in.
    /// </param>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    public SideOutput([CallerMemberName] string name = "")
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        Name = name;
    }

    /// <summary>Gets the name.</summary>
    public string Name { get; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
