using Microsoft.CodeAnalysis;

namespace Weir.Analyzers;

/// <content>WEIR2xxx: state and its evolution.</content>
internal static partial class Rules
{
    public static readonly DiagnosticDescriptor StateChanged = Rule(
        "WEIR2001",
        State,
        DiagnosticSeverity.Error,
        "A state type no longer reads what is stored",
        "{0}; 'dotnet build -t:WeirAcceptState' takes the code as the new baseline");

    public static readonly DiagnosticDescriptor OperatorLost = Rule(
        "WEIR2002",
        State,
        DiagnosticSeverity.Error,
        "An operator no longer finds its state",
        "By weir.state.json {0}; 'dotnet build -t:WeirAcceptState' takes the code as the new baseline");

    public static readonly DiagnosticDescriptor MutableField = Rule(
        "WEIR2003",
        State,
        DiagnosticSeverity.Warning,
        "A field of operator code changes, and is no declared state",
        "'{0}' of '{1}' changes while records are processed, but no checkpoint holds it and all keys share it; keep it in {2}");

    public static readonly DiagnosticDescriptor StateNeverCleared = Rule(
        "WEIR2004",
        State,
        DiagnosticSeverity.Info,
        "Keyed state is never cleared",
        "Nothing clears '{0}' of '{1}': it holds something for each key that has ever come, for as long as the job lives; clear it when a "
            + "key is done, by a timer for example");

    public static readonly DiagnosticDescriptor StateNotWired = Rule(
        "WEIR2005",
        State,
        DiagnosticSeverity.Error,
        "A field of state cannot be wired",
        "The state '{0}' of '{1}' cannot be wired, because {2}; {3}");

    public static readonly DiagnosticDescriptor KeyOfBroadcast = Rule(
        "WEIR2006",
        State,
        DiagnosticSeverity.Error,
        "OnBroadcast touches state of a key",
        "'{0}' of '{1}' is state of a key, and a record that every subtask gets has none: it fails when it runs; keep what all keys share "
            + "in a BroadcastState, and touch '{0}' in OnRecord or OnTimer");
}
