namespace Weir;

/// <summary>Nobody has said which states a class has: generated code does, where the generator runs.</summary>
public sealed class MissingStateFieldsException : InvalidOperationException, IPermanentFailure
{
    internal MissingStateFieldsException(Type process, Type declaring)
        : base(
            $"Nobody has told which states {declaring} has{(process == declaring ? "" : $", which {process} derives from")}. The generator "
                + "does, for classes in C# projects that reference the package. Where it does not run, and for a generic class whose type "
                + "arguments no code names, override Wire in the class: protected override void Wire(StateBinder binder) => "
                + "binder.Bind(nameof(_field), ref _field);")
    {
    }
}
