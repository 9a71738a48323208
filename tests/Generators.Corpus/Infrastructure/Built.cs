using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Weir.Corpus;

namespace Weir.Generators.Corpus.Infrastructure;

/// <summary>A program as the compiler left it.</summary>
/// <param name="Compilation">With what was generated.</param>
/// <param name="Diagnostics">All that a build would show, and what the analyzers say as information.</param>
/// <param name="Images">The assemblies: libraries first, the program last.</param>
/// <param name="Library">The library below it, if it has one.</param>
internal sealed record Built(
    Compilation Compilation, ImmutableArray<Diagnostic> Diagnostics, IReadOnlyList<Image> Images, Compilation? Library = null)
{
    private Task<Performance>? _compiled;

    /// <summary>All that is compiled.</summary>
    public IEnumerable<Compilation> Compilations => Library is null ? [Compilation] : [Library, Compilation];

    /// <summary>What breaks a build that treats warnings as errors.</summary>
    public IEnumerable<Diagnostic> Complaints => Diagnostics.Where(static diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning);

    /// <summary>Our own diagnostics.</summary>
    public IEnumerable<Diagnostic> Ours =>
        Diagnostics.Where(static diagnostic => diagnostic.Id.StartsWith("WEIR", StringComparison.Ordinal));

    /// <summary>The program as it is mostly run: by generated code, on one subtask. Once for all tests.</summary>
    public Task<Performance> Compiled() => LazyInitializer.EnsureInitialized(
        ref _compiled, () => Run(new JobOptions { RestartStrategy = RestartStrategy.None }));

    /// <summary>Runs the program.</summary>
    /// <param name="options">How its jobs run.</param>
    public Task<Performance> Run(JobOptions options) => new Performance(options).Do(() => Task.Run(() =>
    {
        // Never unloaded: what a program has registered, and loops of a job that was given up, outlive its run. The runtime has crashed
        // where their code was taken away.
        var context = new AssemblyLoadContext(null);
        var loaded = Images
            .Select(image => context.LoadFromStream(new MemoryStream(image.Assembly), new MemoryStream(image.Symbols)))
            .ToArray();
        var entry = loaded[^1].EntryPoint ?? throw new InvalidOperationException("The program has no entry point.");
        object?[]? arguments = entry.GetParameters().Length == 0 ? null : [Array.Empty<string>()];
        (entry.Invoke(null, BindingFlags.DoNotWrapExceptions, null, arguments, null) as Task)?.GetAwaiter().GetResult();
    }));
}

/// <summary>An assembly in memory.</summary>
/// <param name="Assembly">Its bytes.</param>
/// <param name="Symbols">Its PDB.</param>
internal sealed record Image(byte[] Assembly, byte[] Symbols);
