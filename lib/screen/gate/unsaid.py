"""What Streamlit would tell every stranger of the machine: where the program lies, and the versions it runs on."""

from streamlit.runtime.app_session import AppSession


def hold_back() -> None:
    """Once, before the server begins to listen. The browser needs none of it."""
    if getattr(AppSession, "held_back", False):
        return
    AppSession.held_back = True
    original = AppSession._create_new_session_message

    def shortened(self, *args, **kwargs):
        message = original(self, *args, **kwargs)
        message.new_session.main_script_path = message.new_session.name
        message.new_session.initialize.ClearField("environment_info")
        message.new_session.initialize.environment_info.streamlit_version = "-"
        return message

    AppSession._create_new_session_message = shortened
