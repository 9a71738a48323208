using Microsoft.CodeAnalysis;

namespace Weir.Generators.Infrastructure;

/// <summary>A failure of a generator itself: what it was to write is missing, and the user must learn why.</summary>
internal sealed record GeneratorBugModel
{
    /// <summary>What the generator was doing: <c>reading 'Shop.Define'</c>.</summary>
    public required string Doing { get; init; }

    /// <summary>What follows for the user: <c>it runs interpreted</c>.</summary>
    public required string Consequence { get; init; }

    /// <summary>The exception: type, message and where it was thrown.</summary>
    public required string Failure { get; init; }

    /// <summary>The user's file; null if it has no path, or no one place is at issue.</summary>
    public required string? File { get; init; }

    /// <summary>The line in it, from 1; null if no one place is at issue.</summary>
    public required int? Line { get; init; }

    public static GeneratorBugModel OfPipeline(Exception failure, string doing, string title, string? file, int line) =>
        Of(failure, $"{doing} '{title}'", "it runs interpreted: slower, with the same results", file, line);

    /// <summary>A failure to write something that belongs to no one place.</summary>
    public static GeneratorBugModel OfPart(Exception failure, string part, string consequence) =>
        Of(failure, $"writing {part}", consequence, file: null, line: null);

    /// <summary>A failure to read a file or the whole program.</summary>
    public static GeneratorBugModel OfReading(Exception failure, string part, string consequence, string? file) =>
        Of(failure, $"reading {part}", consequence, file, file is null ? null : 1);

    /// <summary>A failure to read a type, at the node that asked for it.</summary>
    public static GeneratorBugModel OfType(Exception failure, string type, string consequence, SyntaxNode at)
    {
        var span = at.GetLocation().GetLineSpan();
        return Of(failure, $"reading the type '{type}'", consequence, span.Path is { Length: > 0 } file ? file : null,
            span.StartLinePosition.Line + 1);
    }

    private static GeneratorBugModel Of(Exception failure, string doing, string consequence, string? file, int? line) => new()
    {
        Doing = doing,
        Consequence = consequence,
        Failure = $"{failure.GetType().Name}: {OneLine(failure.Message)}{Where(failure)}",
        File = file,
        Line = line,
    };

    private static string Where(Exception failure) =>
        failure.TargetSite is { DeclaringType: { } type } method ? $" (in {type.FullName}.{method.Name})" : "";

    private static string OneLine(string text) => string.Join(" ", text.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries));
}
