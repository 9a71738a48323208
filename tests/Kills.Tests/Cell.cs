using Weir.Victim;

namespace Weir.Kills.Tests;

/// <summary>One cell of the matrix: where the process is killed, and what it is.</summary>
/// <param name="Point">The failpoint; <see cref="AnyMoment"/> for kills from outside.</param>
/// <param name="Backend"><c>file</c> or <c>rocks</c>.</param>
/// <param name="Mode"><c>aligned</c> or <c>unaligned</c>.</param>
/// <param name="Sink"><c>files</c>, <c>postgres</c>, <c>kafka</c>, <c>kafka-ahead</c>, <c>mariadb</c> or <c>sqlite</c>.</param>
/// <param name="Round">Which repetition of the matrix: it decides at which hits and at which parallelism.</param>
public sealed record Cell(string Point, string Backend, string Mode, string Sink, int Round)
{
    /// <summary>Not at a point, but at random.</summary>
    public const string AnyMoment = "any-moment";

    /// <summary>Gets what varies beside the failpoint.</summary>
    public static IReadOnlyList<(string Backend, string Mode, string Sink)> Kinds { get; } =
    [
        .. from sink in new[] { "postgres", "files", "kafka", "kafka-ahead", "mariadb", "sqlite" }
           from backend in new[] { "file", "rocks" }
           from mode in new[] { "aligned", "unaligned" }
           select (backend, mode, sink),
    ];

    /// <summary>Gets all failpoints, and none.</summary>
    public static IReadOnlyList<string> Points { get; } = [.. Failpoint.All, AnyMoment];

    /// <summary>
    /// Each failpoint once, each kind once: what is run with every build. Another round meets each failpoint in another kind; after as many
    /// rounds as there are kinds all have met.
    /// </summary>
    public static IEnumerable<Cell> Diagonal(int round) => Points.Select((point, index) =>
        Of(point, Kinds[(index + round) % Kinds.Count], round));

    /// <summary>All cells.</summary>
    public static IEnumerable<Cell> Matrix(int round) =>
        from kind in Kinds
        from point in Points
        select Of(point, kind, round);

    /// <summary>Whether a word is the name of its failpoint, backend, mode or sink.</summary>
    public bool Is(string word) => word == Point || word == Backend || word == Mode || word == Sink;

    private static Cell Of(string point, (string Backend, string Mode, string Sink) kind, int round) =>
        new(point, kind.Backend, kind.Mode, kind.Sink, round);
}
