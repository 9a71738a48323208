namespace Weir.Generators.Pipelines;

/// <summary>A failure of the generator itself. The pipeline runs interpreted, and its author must learn why.</summary>
internal sealed record GeneratorBugModel
{
    /// <summary>What people call the pipeline.</summary>
    public required string Title { get; init; }

    /// <summary>What the generator was doing.</summary>
    public required string Doing { get; init; }

    /// <summary>The exception: type, message and where it was thrown.</summary>
    public required string Failure { get; init; }

    /// <summary>The user's file; null if it has no path.</summary>
    public required string? File { get; init; }

    /// <summary>The line of the pipeline in it, from 1.</summary>
    public required int Line { get; init; }

    public static GeneratorBugModel Of(Exception failure, string doing, string title, string? file, int line) => new()
    {
        Title = title,
        Doing = doing,
        Failure = $"{failure.GetType().Name}: {OneLine(failure.Message)}{Where(failure)}",
        File = file,
        Line = line,
    };

    private static string Where(Exception failure) =>
        failure.TargetSite is { DeclaringType: { } type } method ? $" (in {type.FullName}.{method.Name})" : "";

    private static string OneLine(string text) => string.Join(" ", text.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries));
}
